export type { PackAction, PackObjective, PackSubmission, PackText, StandardPack } from './standards/pack.ts'
export { comparePacks, type PackChange } from './standards/compare-packs.ts'
export { countUnconfirmed, packText, whyNeverAwarded } from './standards/pack-words.ts'
export { LONGEST_PACK, readPack, type PackProblem } from './standards/read-pack.ts'
