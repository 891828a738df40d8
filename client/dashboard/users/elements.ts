import { defineElements } from '../define-elements.ts'
import '../parts/elements.ts'
import { UserView } from './user-view.ts'

defineElements({ 'sv-user': UserView })
