import { defineElements } from '../define-elements.ts'
import { OverviewView } from './overview-view.ts'

defineElements({ 'sv-overview': OverviewView })
