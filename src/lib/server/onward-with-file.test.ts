import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onwardWithFile } from './onward-with-file.ts'

test('whoever archived a copy goes back to their form with what its address held and the number of the copy', () => {
	assert.equal(onwardWithFile('/coalition/housing-circle/library?exchange=x-1&from=b 2', 'ab12'), '/coalition/housing-circle/library?exchange=x-1&from=b+2&file=ab12#copy')
	assert.equal(onwardWithFile('/commitments/cm-1', 'ab12'), '/commitments/cm-1?file=ab12#copy')
	assert.equal(onwardWithFile('/coalition/a/library?file=old&topic=housing', 'new'), '/coalition/a/library?file=new&topic=housing#copy')
	assert.equal(onwardWithFile('/coalition/a/library?topic=housing'), '/coalition/a/library?topic=housing')
})

test('an address of elsewhere leads to the page of promises, whatever it holds', () => {
	for (const to of ['https://example.org/', '//example.org/coalition/a', '/coalition/../administration', '/me?file=1', '/\\example.org', '', '/coalition/a\nLocation: x']) assert.equal(onwardWithFile(to, 'ab12'), '/accountability?file=ab12#copy', to)
})
