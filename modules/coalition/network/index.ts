export { TIE_KINDS, type Network, type TieKind } from './network.ts'
