import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

/** One line for every element that breaks a rule. */
async function findViolations(page: Page, options: RunOptions): Promise<string[]> {
	const { violations } = await page.evaluate(async (chosen) => {
		const { axe } = window as unknown as { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } }
		return axe.run(document, { ...chosen, resultTypes: ['violations'] })
	}, options)
	return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.split('\n')[1]?.trim()}`))
}

/** All rules on light paper; on dark paper those that colours can break. */
export async function inspect(page: Page, name: string): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
	await page.emulateMedia({ colorScheme: 'light' })
	const light = await findViolations(page, { runOnly: { type: 'tag', values: TAGS }, rules: { 'target-size': { enabled: true } } })
	await page.emulateMedia({ colorScheme: 'dark' })
	const dark = await findViolations(page, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } })
	return [...light.map((line) => `${name}, light: ${line}`), ...dark.map((line) => `${name}, dark: ${line}`)]
}
