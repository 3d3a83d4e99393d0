import { listThread, type CoreTables, type Reader } from '#database'
import { endsThread, type LinkOfThread } from '#lib/thread-stations.ts'

/** The links of the thread that a record hangs on, as its drawing wants them. */
export async function threadOf(reader: Reader<CoreTables>, record: string): Promise<LinkOfThread[]> {
	const links = await listThread(reader, record, { endsAt: endsThread })
	return links.map(({ from_record, relation, to_record, at }) => ({ from: from_record, relation, to: to_record, at }))
}
