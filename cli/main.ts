import { isDiskFull } from '#database'
import { commands } from './commands.ts'
import { helpOf } from './help.ts'
import { sentence, sentenceOfRefusal } from './sentence.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
	const [first, second] = args
	if (!first || first === '--help' || first === '-h' || first === 'help') {
		console.log(overview())
		return 0
	}
	const command = commands.find(({ name }) => name === `${first} ${second}`) ?? commands.find(({ name }) => name === first)
	if (!command) {
		console.error(sentence('cli_unknown_command', { command: args.slice(0, 2).join(' ') }))
		return 2
	}
	const rest = args.slice(command.name.split(' ').length)
	if (rest.includes('--help') || rest.includes('-h')) {
		console.log(helpOf(command.name).text)
		return 0
	}
	try {
		return await command.run(rest)
	} catch (cause) {
		return report(cause, command.name)
	}
}

function overview(): string {
	const width = Math.max(...commands.map(({ name }) => name.length)) + 2
	const list = commands.map(({ name }) => `  ${name.padEnd(width)}${helpOf(name).summary}`)
	return [sentence('cli_usage'), '', ...list, '', sentence('cli_every_help')].join('\n')
}

function report(cause: unknown, command: string): number {
	const { code, message } = cause as { code?: string; message?: string }
	if (code?.startsWith('ERR_PARSE_ARGS')) {
		console.error(sentence('cli_unknown_option', { reason: `${message!.split('. To ')[0]!.replace(/\.$/, '')}.`, command }))
		return 2
	}
	const said = sentenceOfRefusal(cause)
	if (said) {
		console.error(said)
		return 1
	}
	if (isDiskFull(cause)) {
		console.error(sentence('error_disk_full'))
		return 1
	}
	console.error(cause)
	console.error(sentence('cli_unexpected', { reason: message ?? String(cause) }))
	return 1
}
