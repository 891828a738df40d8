export { isMasked, isPersonal, maskPersonal } from '../../../../server/personal.ts'
