import type { Writer } from '#database'
import { dayOf } from '../../decisions/day.ts'
import { VISITOR, type Actor } from '../actor.ts'
import type { CoalitionTables } from '../coalition-tables.ts'
import { makeSampleResponse } from './sample-response.ts'
import { makeSampleUptake } from './sample-uptake.ts'
import { confirmSignature, settleName, signPetition } from './signatures.ts'
import { answerSignOn, signForOrganization } from './sign-ons.ts'
import { recordStep, writeStatement } from './statements.ts'

const ADMINISTRATOR: Actor = { account: 'system', person: undefined, administrator: true }
type Ago = (days: number) => Date

const SIGNERS = [['Rosa Delgado', true], ['Andre Coleman', true], ['Mei Chen', false], ['Lucía Ortega', true]] as const
const SIGNING = [['Harbor Bend Tenants Union', 'resident_group', 'Denise Okafor, president', 'Vote of the members’ meeting'], ['First Light Church', 'faith', 'Thomas Reed, pastor', 'Resolution of the church council']] as const

/** Invented ways to take part: a petition that was handed over once and can still be signed, a plan that took a position over, and a call that was stood down. */
export async function makeSampleTakingPart(writer: Writer<CoalitionTables>, bodies: readonly string[], ago: Ago): Promise<void> {
	const { id: position } = await writer.selectFrom('coalition.position').innerJoin('coalition.goal', 'coalition.goal.id', 'goal').select('coalition.position.id').where('body', '=', bodies[0]!).orderBy('proposed_at').executeTakeFirstOrThrow()
	await makePetition(writer, bodies[0]!, position, ago)
	await makeSampleUptake(writer, bodies[0]!, position, ago)
	await makeSampleResponse(writer, bodies, ago)
}

async function makePetition(writer: Writer<CoalitionTables>, body: string, position: string, ago: Ago): Promise<void> {
	const id = await writeStatement(writer, ADMINISTRATOR, body, {
		title: 'Open the repair fund this winter', decisionMaker: 'Brightwater County Commission', ask: 'Open the account of the repair fund before January, and take the first applications.',
		text: 'The county put 400,000 dollars for repairs into its budget. The money helps nobody while the account is not open.\n\nFamilies heat with ovens and sleep beside wet walls. We ask the commission to open the account before January and to take the first applications at the libraries, in English and Spanish.',
		deadline: dayOf(ago(-75)), forOrganizations: true, forPeople: true, follows: position,
	}, ago(34))
	for (const [organization, kind, authorizedBy, authority] of SIGNING) {
		const signOn = await signForOrganization(writer, VISITOR, id, { organization, kind, authorizedBy, authority, contact: 'office@sample.example', version: '1' }, ago(30))
		await answerSignOn(writer, ADMINISTRATOR, signOn, { verified: true, reason: '' }, ago(28))
	}
	for (const [n, [name, shown]] of SIGNERS.entries()) {
		const { code } = await signPetition(writer, VISITOR, id, { name, contact: `signer-${n}@sample.example`, zip: '', shown, version: '1', mailWording: '', language: 'en' }, n < 3, ago(27 - n))
		await confirmSignature(writer, id, code, ago(26 - n))
	}
	const { id: onScreen } = await writer.selectFrom('coalition.signature').select('id').where('statement', '=', id).where('confirm_by', '=', 'screen').executeTakeFirstOrThrow()
	await settleName(writer, ADMINISTRATOR, id, onScreen, true, ago(20))
	await recordStep(writer, ADMINISTRATOR, id, 'delivered', { text: 'Read aloud in the commission’s public comment by two tenants, and left with the clerk.', onDay: dayOf(ago(14)) }, ago(14))
	await recordStep(writer, ADMINISTRATOR, id, 'answered', { text: 'The chair asked the treasurer for a date and put it on the agenda of the next meeting.', onDay: dayOf(ago(13)) }, ago(13))
}
