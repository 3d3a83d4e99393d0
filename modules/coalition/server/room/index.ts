export { answerSurvey, closeSurvey, countAnswers, enterSlip, findSurvey, openSurvey, type AnswerCount, type GivenAnswers, type RoomSurvey } from './surveys.ts'
export { publishRoom } from './publish-room.ts'
export { findPublishedRoom, findRoomProcess, findRoomYear, listOwnWords, type PublishedRoom, type RoomProcess, type RoomQuestion, type RoomYear, type SupportKept } from './find-room.ts'
export { listTargets, setTarget, type RoomTarget } from './targets.ts'
