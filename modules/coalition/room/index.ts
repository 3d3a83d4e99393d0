export { CATEGORY_SETS, categorySet, SET_NAMES, sharesOf, type CategorySet, type CommunitySource, type SetName } from './category-sets.ts'
export { coverageOf, FEWEST_ANSWERS, LEAST_COVERAGE, mostAnswers, outsideOfficeHours } from './coverage.ts'
export { groupsOf, measureRoom, type PublishedTable, type RoomMeasure, type RoomRow } from './measure-room.ts'
