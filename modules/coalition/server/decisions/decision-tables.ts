import type { Generated } from 'kysely'
import type { Jsonb } from '#database'
import type { DecisionRules } from '../../decisions/consent-state.ts'
import type { DecisionState, ElectorateKind, Method } from '../../decisions/methods.ts'
import type { Tally } from '../../decisions/tally.ts'

/** How something reached the table: by the person, or entered by a helper who heard or read it. */
export type HowSaid = 'own' | 'phone' | 'paper'

/** What was counted; `hubs` are the electors whose standing objection kept it from being adopted. */
export type Result = Tally & { hubs: string[] }

/** Tables of decisions in schema `coalition`. */
export interface DecisionTables {
	'coalition.decision': {
		id: string; body: string; method: Method; electorate: ElectorateKind; secret: boolean; title: string; text: string; options: Jsonb<string[]>; rules: Jsonb<DecisionRules>; citation: string | null; goal: string | null
		proposer: string | null; opened_at: Date; opened_by: string; closes_on: string | null; state: Generated<DecisionState>; closed_at: Date | null; review_on: string | null; owner: string | null
		result: Jsonb<Result> | null; outcome: Generated<string>
	}
	'coalition.elector': { id: string; decision: string; person: string | null; organization: string | null; member_body: string | null; asked: boolean; speaks_for_hub: boolean }
	'coalition.decision_event': { decision: string; number: number; kind: string; elector: string | null; content: Jsonb<Record<string, string | number | boolean>>; person: string | null; how: HowSaid; at: Date }
	'coalition.ballot_taken': { elector: string; how: HowSaid; entered_by: string | null }
	'coalition.ballot': { id: string; decision: string; choice: Jsonb<string[]> }
	'coalition.open_ballot': { elector: string; number: number; choice: Jsonb<string[]>; reason: string; person: string | null; how: HowSaid; at: Date }
}
