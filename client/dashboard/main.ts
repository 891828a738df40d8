import { createApiClient } from './api/api-client.ts'
import { DashboardApp } from './dashboard-app.ts'
import './elements.ts'
import { createFeed } from './feed.ts'
import { applyPreferences, readPreferences } from './shell/settings/preferences.ts'

// Before the first paint, so that a chosen theme never flashes.
applyPreferences(readPreferences())
const api = createApiClient()
DashboardApp.deps = { api, openFeed: (isSignedIn) => createFeed({ isSignedIn }) }
customElements.define('sv-dashboard', DashboardApp)
