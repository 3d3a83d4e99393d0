import { redirect } from '@sveltejs/kit'
import { listJobs } from '#database'
import { localizeHref } from '#lib/paraglide/runtime.js'
import { refusalSentence } from '#lib/server/refusal-sentence.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
	if (locals.region) redirect(303, localizeHref('/'))
	const [job] = await listJobs(locals.database, { task: 'load-region', limit: 1 })
	return { job: job && { state: job.state, step: job.step, done: job.done, total: job.total, fault: job.reason && refusalSentence(job.reason) } }
}
