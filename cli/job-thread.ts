// The thread in which a running server does its jobs.
import { serveJobs } from '#database'
import { tasks } from './tasks.ts'

await serveJobs(tasks)
