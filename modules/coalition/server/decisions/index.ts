export { openDecision, type GivenDecision } from './open-decision.ts'
export { recordStep, type GivenStep } from './follow-decision.ts'
export { castBallot, closeDecision, objectAsHub, reviewDecision, withdrawDecision, type GivenBallot } from './ballots.ts'
export { findDecision, listDecisions, listDecisionsAbout, listOverdue, listWaitingDecisions, type DecisionLine, type DecisionView } from './find-decisions.ts'
