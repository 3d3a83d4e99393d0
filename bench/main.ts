// Runs every benchmark beside its peer: `npm run bench`. Options: `--only stats`, `--write` (docs/performance.md).
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Benchmark } from './measure.ts'

const { values } = parseArgs({ options: { only: { type: 'string' }, write: { type: 'boolean', default: false } } })
const folder = import.meta.dirname
const files = globSync('*.ts', { cwd: folder }).filter((file) => !['main.ts', 'measure.ts'].includes(file) && !file.endsWith('.test.ts') && file.includes(values.only ?? '')).sort()
const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
const rows: string[] = []
console.log(machine)
for (const file of files) {
	const { benchmarks = [] } = (await import(join(folder, file))) as { benchmarks?: Benchmark[] }
	for (const benchmark of benchmarks) {
		const { oursMs, peerMs, note = '' } = await benchmark.run()
		const times = peerMs === undefined ? '–' : timesFaster(peerMs / oursMs)
		rows.push(`| ${benchmark.name} | ${milliseconds(oursMs)} | ${benchmark.peer} | ${milliseconds(peerMs)} | ${times} | ${note} |`)
		console.log(`${basename(file, '.ts')}: ${benchmark.name}: ${milliseconds(oursMs)}; ${benchmark.peer}: ${milliseconds(peerMs)} (${times}) ${note}`)
	}
}
const written = join(folder, '..', 'docs', 'performance.md')
if (values.write) writeFileSync(written, page() + writtenByHand())

function milliseconds(value: number | undefined): string {
	if (value === undefined) return '–'
	return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`
}

function timesFaster(ratio: number): string {
	return `${ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(1)}×`
}

/** What stands below the table: figures of other tests. */
function writtenByHand(): string {
	const text = readFileSync(written, 'utf8')
	const at = text.indexOf('\n## ')
	return at < 0 ? '' : text.slice(at)
}

function page(): string {
	return `# Performance

Measured by \`npm run bench -- --write\`; each job and its peer in the same run, the median of three runs after a warm-up.
The data are synthetic and seeded. Times depend on the machine; compare the two columns of a row with each other.

Machine: ${machine}.

| job | Throughline | peer | peer's time | times faster | note |
|---|---|---|---|---|---|
${rows.join('\n')}
`
}
