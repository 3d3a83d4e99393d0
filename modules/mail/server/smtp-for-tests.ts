import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A letter as it came over the wire. */
export interface TakenLetter {
	to: string
	/** Headers with folds undone, and the body with quoted-printable undone. */
	headers: string
	body: string
}

export interface SmtpServer {
	port: number
	letters: TakenLetter[]
	/** What the server answers to RCPT TO, by address; 250 where nothing is said. */
	answers: Map<string, string>
	close(): Promise<void>
}

/** A mail server of this machine that speaks just enough SMTP (RFC 5321) to take letters, for tests. */
export async function startSmtp(): Promise<SmtpServer> {
	const [letters, answers]: [TakenLetter[], Map<string, string>] = [[], new Map()]
	const server = createServer((socket) => converse(socket, letters, answers))
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	return { port: (server.address() as AddressInfo).port, letters, answers, close: () => closeAll(server) }
}

const closeAll = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()))

function converse(socket: Socket, letters: TakenLetter[], answers: Map<string, string>): void {
	let [text, to, pending]: [string | undefined, string, string] = [undefined, '', '']
	socket.setEncoding('utf8')
	socket.on('error', () => undefined)
	socket.write('220 mail.test ESMTP\r\n')
	socket.on('data', (chunk: string) => {
		pending += chunk
		for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
			const line = pending.slice(0, end)
			pending = pending.slice(end + 2)
			if (text !== undefined) {
				if (line !== '.') {
					text += `${line}\r\n`
					continue
				}
				letters.push(readLetter(to, text))
				text = undefined
				socket.write('250 2.0.0 taken\r\n')
			} else if (line.startsWith('RCPT')) {
				to = /<(.*)>/.exec(line)![1]!
				socket.write(`${answers.get(to) ?? '250 ok'}\r\n`)
			} else if (line === 'DATA') {
				text = ''
				socket.write('354 go on\r\n')
			} else socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n')
		}
	})
}

function readLetter(to: string, text: string): TakenLetter {
	const cut = text.indexOf('\r\n\r\n')
	const bytes = (words: string) => Buffer.from(words.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')
	return { to, headers: text.slice(0, cut).replace(/\r\n\s+/g, ' '), body: bytes(text.slice(cut)) }
}
