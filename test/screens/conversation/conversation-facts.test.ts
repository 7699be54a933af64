import { expect, test } from 'vitest';
import { conversationFacts } from '../../../src/screens/conversation/conversation-facts.ts';

const attempt = { subject: 'A mail to jane@corp.example through mail:25', isFailure: true };

test('a conversation begins with how it ended, and names who speaks where that changes', () => {
  const lines = ['< 220 ready', '> EHLO me', '> QUIT', '* Trying again in 1 s.', '< 550 no'];
  const facts = conversationFacts({ ...attempt, result: 'Refused.', advice: 'Ask them.', lines });
  expect(facts.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'Tried: A mail to jane@corp.example through mail:25',
    'Result: Refused.',
    'What to do: Ask them.',
    ': ',
    'answer: 220 ready',
    'sent: EHLO me',
    ': QUIT',
    'note: Trying again in 1 s.',
    'answer: 550 no',
  ]);
});

test('a conversation in which nothing was said says so', () => {
  const facts = conversationFacts({ ...attempt, result: 'Refused.', advice: null, lines: [] });
  expect(facts.at(-1)).toMatchObject({ label: 'Conversation', value: 'Nothing was said.' });
  expect(facts.map(({ label }) => label)).not.toContain('What to do');
});
