// The thread in which a running server does its jobs.
import { depositHead, headPlaces, serveJobs, type DailyTask } from '#database'
import { clockedMail } from './mail-tasks.ts'
import { tasks } from './tasks.ts'

const depositDailyHead: DailyTask = async ({ database, now }) => {
	await depositHead(database, headPlaces(process.env.THROUGHLINE_DATA_DIR!), now())
}

await serveJobs(tasks, { 'deposit-ledger-head': depositDailyHead, ...clockedMail })
