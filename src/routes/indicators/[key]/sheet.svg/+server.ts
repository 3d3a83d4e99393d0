import { answerSheet } from '#lib/server/sheet/answer-sheet.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => answerSheet(event, 'svg')
