import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parse } from 'yaml'
import { Refusal } from '#database'
import { readRegion } from '../load/manifest.ts'
import { readLock } from '../load/region-lock.ts'
import { planRequests, readAnswer } from './census-api.ts'
import { delawareMissing, startCensusServer, type CensusServerOptions } from '../../testing/index.ts'
import { fetchDelaware, makeRegionFolders, writeDelaware } from './testing/delaware-region.ts'

const options = { skip: delawareMissing }
const made: string[] = []
after(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function ownRegions(): [string, string] {
	const folders = makeRegionFolders()
	made.push(folders[0])
	return folders
}

async function withServer<T>(of: CensusServerOptions, use: (server: Awaited<ReturnType<typeof startCensusServer>>) => Promise<T>): Promise<T> {
	const server = await startCensusServer(of)
	try {
		return await use(server)
	} finally {
		await server.close()
	}
}

const refusalOf = async (promise: Promise<unknown>) => promise.then(() => assert.fail('not refused'), (cause: unknown) => {
	assert.ok(cause instanceof Refusal, String(cause))
	return cause
})

test('a request asks for at most 50 variables, each estimate and margin with its annotation, of one kind of table', () => {
	const stems = ['B01001_026', 'DP03_0009P', 'S0601_C01_001', ...Array.from({ length: 30 }, (_, i) => `B16005_0${10 + i}`)]
	const requests = planRequests('https://example.org/data', { acs: 2023, place: 'tract', state: '13' }, stems)
	assert.equal(requests.length, 5)
	for (const { address, variables } of requests) {
		const asked = new URL(address).searchParams.get('get')!.split(',')
		assert.deepEqual(asked, ['NAME', ...variables])
		assert.ok(asked.length <= 50)
	}
	assert.match(requests[0]!.address, /^https:\/\/example\.org\/data\/2023\/acs\/acs5\/profile\?get=NAME,DP03_0009PE,DP03_0009PEA,DP03_0009PM,DP03_0009PMA&for=tract:\*&in=state:13$/)
})

test('an answer that is no list of rows with the variables asked for is refused with its address', () => {
	const request = { address: 'https://example.org/data', variables: ['B01001_026E'] }
	for (const body of ['{"error":1}', '[["NAME"],', '[["NAME","state","county","tract"],["x","10","001","000100"]]', '[["NAME","B01001_026E","state","county"],["x"]]']) {
		assert.throws(() => readAnswer(Buffer.from(body), request), (cause) => cause instanceof Refusal && cause.code === 'fetch_answer_unreadable' && cause.parameters.address === request.address, body)
	}
})

test('what cannot become a region is refused before anything is written', () => {
	const folders = ownRegions()
	const codeOf = (change: Parameters<typeof writeDelaware>[1]) => {
		try {
			writeDelaware(folders, change)
		} catch (cause) {
			return (cause as Refusal).code
		}
	}
	assert.equal(codeOf({ key: 'Delaware!' }), 'region_key_unusable')
	assert.equal(codeOf({ key: 'regions' }), 'region_key_unusable')
	assert.equal(codeOf({ key: 'metro-atlanta' }), 'region_exists', 'also a region that comes with Throughline')
	assert.equal(codeOf({ state: '03' }), 'region_state_unknown')
	assert.equal(codeOf({ counties: ['121', '89'] }), 'region_county_unusable')
	assert.equal(codeOf({ counties: [] }), 'region_county_unusable')
	for (const vintage of [2019, 2099, NaN, 2020.5]) assert.equal(codeOf({ vintage }), 'region_vintage_unknown')
	assert.deepEqual(readdirSync(folders[0]), [])
	assert.equal(codeOf({}), undefined)
	assert.equal(codeOf({}), 'region_exists')
})

test('the newest survey that is known is asked for when no year is named', () => {
	const folders = ownRegions()
	const { sources } = parse(readFileSync(writeDelaware(folders, { vintage: undefined }), 'utf8')) as { sources: { fetch: { acs?: number } }[] }
	assert.equal(sources[2]!.fetch.acs, 2024)
})

test('a region is refused until it was fetched, and again when its manifest asks for something else', options, async () => {
	const folders = ownRegions()
	const file = writeDelaware(folders)
	assert.throws(() => readRegion(folders, 'delaware'), (cause) => (cause as Refusal).code === 'region_not_fetched')
	await withServer({}, (server) => fetchDelaware(folders, server))
	const { manifest } = readRegion(folders, 'delaware')
	assert.deepEqual([manifest.state.name.en, manifest.counties], ['Delaware', { '10001': 'Kent County', '10003': 'New Castle County' }])
	const text = readFileSync(file, 'utf8')
	writeFileSync(file, text.replace('"10003": null', '"10003": null\n  "10005": null'))
	assert.throws(() => readRegion(folders, 'delaware'), (cause) => (cause as Refusal).code === 'region_not_fetched')
	writeFileSync(file, text.replace('acs: 2020', 'acs: 2021'))
	assert.throws(() => readRegion(folders, 'delaware'), (cause) => (cause as Refusal).code === 'region_not_fetched')
})

test('after an interruption only what is not there yet is asked for, and the files are the same', options, async () => {
	const [once, twice] = [ownRegions(), ownRegions()]
	await withServer({}, async (server) => {
		writeDelaware(once)
		writeDelaware(twice)
		const whole = await fetchDelaware(once, server)
		const asked = server.requests.length
		assert.equal(asked, whole.steps.length)
		const stop = new AbortController()
		const cut = fetchDelaware(twice, server, { signal: stop.signal, report: ({ done }) => void (done === 6 && stop.abort(new Refusal('fetch_stopped', { region: 'delaware' }))) })
		assert.equal((await refusalOf(cut)).code, 'fetch_stopped')
		assert.equal(server.requests.length, asked + 6)
		const { steps } = await fetchDelaware(twice, server)
		assert.deepEqual(steps.map(({ kept }) => kept), steps.map((_, i) => i < 6))
		assert.equal(server.requests.length, 2 * asked, 'nothing was asked for twice')
		assert.deepEqual(readLock(twice[0], 'delaware'), readLock(once[0], 'delaware'))
	})
})

test('a file that was changed after it was fetched is fetched again', options, async () => {
	const folders = ownRegions()
	writeDelaware(folders)
	await withServer({}, async (server) => {
		await fetchDelaware(folders, server)
		writeFileSync(join(folders[0], 'delaware/cb_2020_10_tract_500k.zip'), 'something else')
		const { steps } = await fetchDelaware(folders, server)
		assert.deepEqual(steps.filter(({ kept }) => !kept).map(({ what }) => what), ['cb_2020_10_tract_500k.zip'])
	})
})

test('busy and cut answers are asked for again after longer and longer pauses', options, async () => {
	const folders = ownRegions()
	writeDelaware(folders)
	const faults = ['cut', 'cut-quietly', undefined, 'busy', 'busy', undefined, 'cut-quietly', 'cut'] as const
	await withServer({ faultOf: (n) => faults[n] }, async (server) => {
		const { waits } = await fetchDelaware(folders, server)
		assert.deepEqual(waits, [1000, 2000, 0, 0, 1000, 2000])
		assert.equal(server.requests.length, 11 + waits.length)
	})
})

for (const [fault, code] of [['busy', 'fetch_busy'], ['cut', 'fetch_answer_cut'], ['cut-quietly', 'fetch_answer_cut']] as const) {
	test(`five answers in a row that are ${fault} end in the sentence ${code}`, options, async () => {
		const folders = ownRegions()
		writeDelaware(folders)
		await withServer({ faultOf: () => fault }, async (server) => {
			const refusal = await refusalOf(fetchDelaware(folders, server))
			assert.equal(refusal.code, code)
			assert.equal(server.requests.length, 5)
		})
	})
}

test('a missing key, a wrong one, a county and a year that do not exist, and no connection are each said', options, async () => {
	const codeOf = async (change: Parameters<typeof writeDelaware>[1], key: string | undefined, required?: string) => {
		const folders = ownRegions()
		writeDelaware(folders, change)
		return withServer(required ? { key: required } : {}, async (server) => (await refusalOf(fetchDelaware(folders, server, { key }))).code)
	}
	assert.equal(await codeOf({}, undefined, 'right'), 'fetch_key_missing')
	assert.equal(await codeOf({}, 'wrong', 'right'), 'fetch_key_invalid')
	assert.equal(await codeOf({ counties: ['001', '999'] }, undefined), 'fetch_county_unknown')
	assert.equal(await codeOf({ vintage: 2021 }, undefined), 'fetch_not_there')
	const folders = ownRegions()
	writeDelaware(folders)
	const nobody = await startCensusServer()
	await nobody.close()
	assert.equal((await refusalOf(fetchDelaware(folders, nobody))).code, 'fetch_offline')
})

test('the key is sent with requests for data only, and stands in no file and in no reason', options, async () => {
	const folders = ownRegions()
	writeDelaware(folders)
	const key = 'f00dfeed-secret'
	await withServer({ key }, async (server) => {
		await fetchDelaware(folders, server, { key })
		for (const file of readdirSync(folders[0], { recursive: true, withFileTypes: true })) {
			assert.ok(!file.name.includes(key))
			if (file.isFile()) assert.ok(!readFileSync(join(file.parentPath, file.name), 'latin1').includes(key), file.name)
		}
		assert.ok(server.requests.every((request) => !request.includes('key=')), 'not with boundary files')
	})
	const others = ownRegions()
	writeDelaware(others)
	await withServer({ key: 'another', faultOf: (n) => (n > 1 ? 'cut' : undefined) }, async (server) => {
		const refusal = await refusalOf(fetchDelaware(others, server, { key }))
		assert.ok(!JSON.stringify([refusal.message, refusal.parameters, String(refusal.cause), refusal.stack]).includes(key))
	})
})
