import { crc32 } from 'node:zlib'

const NAMESPACE = 'http://schemas.openxmlformats.org'
const relation = (type: string, target: string) =>
	`<Relationships xmlns="${NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" Type="${NAMESPACE}/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`

/** A workbook of one sheet, as Excel writes it: texts in place, numbers as numbers. */
export function makeWorkbook(rows: readonly (readonly (string | number)[])[]): Buffer {
	const cell = (value: string | number) => (typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${value}</t></is></c>`)
	const sheet = rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')
	return storeZip({
		'_rels/.rels': relation('officeDocument', 'xl/workbook.xml'),
		'xl/workbook.xml': `<workbook xmlns="${NAMESPACE}/spreadsheetml/2006/main" xmlns:r="${NAMESPACE}/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': relation('worksheet', 'worksheets/sheet1.xml'),
		'xl/worksheets/sheet1.xml': `<worksheet xmlns="${NAMESPACE}/spreadsheetml/2006/main"><sheetData>${sheet}</sheetData></worksheet>`,
	})
}

/** A ZIP archive whose members are stored as they are (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16). */
function storeZip(files: Record<string, string>): Buffer {
	const bodies: Buffer[] = []
	const entries: Buffer[] = []
	let at = 0
	for (const [name, text] of Object.entries(files)) {
		const [title, body] = [Buffer.from(name), Buffer.from(text)]
		const facts = Buffer.alloc(26)
		facts.writeUInt16LE(20, 0)
		facts.writeUInt32LE(crc32(body), 10)
		facts.writeUInt32LE(body.length, 14)
		facts.writeUInt32LE(body.length, 18)
		facts.writeUInt16LE(title.length, 22)
		const place = Buffer.alloc(14)
		place.writeUInt32LE(at, 10)
		bodies.push(Buffer.from('PK\x03\x04', 'latin1'), facts, title, body)
		entries.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, title)
		at += 30 + title.length + body.length
	}
	const directory = Buffer.concat(entries)
	const end = Buffer.alloc(18)
	end.writeUInt16LE(Object.keys(files).length, 4)
	end.writeUInt16LE(Object.keys(files).length, 6)
	end.writeUInt32LE(directory.length, 8)
	end.writeUInt32LE(at, 12)
	return Buffer.concat([...bodies, directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}
