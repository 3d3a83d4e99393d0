export { ascendingOrder, sortedPresent } from './sort-order.ts'
export { floorTo, roundColumn, roundTo } from './rounding.ts'
export { PERCENTILE_RULES, percentileRanks, type PercentileOptions, type PercentileRule } from './percentile-ranks.ts'
export { momentsOf, type Moments } from './moments.ts'
export { goalposts, minMax, ranks, standardDeviationBounds, standardDeviationClasses, winsorise, zScores } from './normalise.ts'
export { benjaminiHochberg, standardizedDifference } from './significance.ts'
export {
	Z_90, coefficientOfVariationPercent, differenceOfEstimates, differSignificantly, marginFromReplicates, marginOfShare, percentChange, productOfEstimates,
	proportionOfEstimates, ratioOfEstimates, reliabilityGrade, standardError, sumOfEstimates, zOfDifference, type Estimate, type ReliabilityGrade, type ZeroRule,
} from './acs-moe.ts'
export { decodeAcsNumber, decodeAcsPair, decodeAcsText, type AcsAnnotation, type AcsCell } from './acs-annotations.ts'
export { medianFromBins, type Bin, type MedianOptions } from './acs-median.ts'
export { naturalBreaks } from './natural-breaks.ts'
export { CLASS_METHODS, classifyForMap, quantileOfSorted, type ClassMethod, type MapClasses } from './map-classes.ts'
export { classifyAround } from './classes-around.ts'
export type {
	Aggregate, Category, Composite, Condition, Derivation, Exclusion, Flag, Indicator, Normalisation, RankColumn, Recipe, RecipeProblem, ReferenceSet, ThresholdRule,
} from './recipe/types.ts'
export { REFERENCE_SETS } from './recipe/types.ts'
export { readRecipe } from './recipe/read-recipe.ts'
export { deriveColumns, readDerivations } from './recipe/derive-columns.ts'
export { inputsOfDerivation, planRecipe, type MissingInput, type RecipePlan } from './recipe/plan.ts'
export { groupByKeys, groupByState, stateOfKey, type ReferenceGroups } from './recipe/reference-groups.ts'
export { computeIndex, type IndexColumn, type IndexOptions, type IndexResult, type IndexTable } from './recipe/compute-index.ts'
export { twoSidedPValue } from './normal-distribution.ts'
export { ALLOCATE_RULES, type AllocateRule, type ApportionOptions, type ApportionWeights } from './apportion-weights.ts'
export { apportionCounts, apportionRates, ApportionRefusal, type Apportioned, type SourceValues } from './apportion.ts'
