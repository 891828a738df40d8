import { defineElements } from '../define-elements.ts'
import { UserView } from './user-view.ts'

defineElements({ 'sv-user': UserView })
