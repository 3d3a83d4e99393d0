export { DOMAINS, UNITS, type Bilingual, type Direction, type Domain, type Unit } from './domains.ts'
export { FALSE_DISCOVERY_RATE, findGaps, type Comparison, type Gap } from './gaps.ts'
export { compare, gradeOf, standingOf, valueOfArea, type AreaValue, type SeriesValues, type Standing, type Verdict } from './comparison.ts'
export { readRecipeFile, type RecipeFileProblem } from './recipe-file.ts'
