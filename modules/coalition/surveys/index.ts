export { INSTRUMENT, readAnswer, SCALE, SURVEY_DOMAINS, SURVEY_ITEMS, type SurveyDomain, type SurveyItem } from './instrument.ts'
export { compareWaves, LEAST_ANSWERS, publishWave, type AnswerCounts, type ItemChange, type PublishedItem, type PublishedWave } from './publish-wave.ts'
