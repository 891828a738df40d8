import { defineElements } from '../define-elements.ts'
import { OperatorsView } from './operators-view.ts'

defineElements({ 'sv-operators': OperatorsView })
