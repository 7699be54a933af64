import { describe, expect, test } from 'vitest';
import { checkTemplate, findTemplateProblems } from '../../../../src/core/email/templates/check-template.ts';
import type { TemplateSource } from '../../../../src/core/email/templates/template-source.ts';

const good: TemplateSource = {
  subject: 'Hello',
  text: 'Your PIN is <$pin$>.',
  html: 'none',
  cc: [],
  attachments: [],
};

function refusal(change: Partial<TemplateSource>) {
  try {
    checkTemplate({ ...good, ...change }, 'newUser');
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a template cannot be saved', () => {
  test.each<[string, Partial<TemplateSource>, string, RegExp]>([
    ['an unknown variable', { text: 'one\ntwo <$pim$>' }, 'text', /"pim" at line 2, column 7/],
    [
      'one in a branch not taken',
      { text: '{% if pin == "x" %}\n<$nobody$>{% endif %}' },
      'text',
      /"nobody" at line 2/,
    ],
    ['an unknown filter', { text: 'a\n<$pin | shout$>' }, 'text', /shout.* at line 2, column 1/],
    ['an open tag', { text: 'a\n{% if pin %}yes' }, 'text', /if.* not closed.* at line 2, column 1/],
    ['an open variable', { text: 'a\n\n <$pin' }, 'text', /not closed.* at line 3, column 2/],
    ['an unknown tag', { text: '{% pin %}' }, 'text', /"pin".* at line 1, column 1/],
    ['a loop without end', { text: '{% for i in (1..900000000) %}x{% endfor %}' }, 'text', /limit/],
    [
      'loops in loops',
      { text: `${'{% for i in (1..9000) %}'.repeat(4)}x${'{% endfor %}'.repeat(4)}` },
      'text',
      /limit/,
    ],
    ['another file', { text: '{% include "/etc/passwd" %}' }, 'text', /"include".* at line 1/],
    ['another file, rendered', { html: { source: '{% render "x" %}' } }, 'html', /"render".* at line 1/],
    [
      'HTML that is not escaped',
      { html: { source: '<p><$username | raw$></p>' } },
      'html',
      /raw.* at line 1, column 4/,
    ],
    ['a subject of two lines', { subject: 'Hello\r\nBcc: eve@evil.test' }, 'subject', /more than one line/],
    ['no subject', { subject: ' ' }, 'subject', /empty/],
    ['no text', { text: '\n' }, 'text', /empty/],
    ['too much text', { text: 'x'.repeat(100_001) }, 'text', /more than 100000/],
    ['a Cc that is two', { cc: ['a@corp.test, b@corp.test'] }, 'cc', /no e-mail address/],
    ['a Cc with another header', { cc: ['a@corp.test\r\nBcc:b@corp.test'] }, 'cc', /no e-mail address/],
  ])('with %s', (_, change, field, message) => {
    expect(refusal(change)).toMatchObject({
      code: 'template.invalid',
      message: expect.stringMatching(message),
      fields: { [field]: expect.any(String) },
    });
  });

  test('and a mistyped variable is told the nearest', () => {
    expect(refusal({ text: '<$usernme$>' })).toMatchObject({ advice: 'Did you mean username?' });
  });
});

test('conditions, assignments and short loops can be saved', () => {
  const text =
    '{% assign x = pin %}{% for i in (1..3) %}<$i$><$x$>{% endfor %}{% if phone %}<$phone$>{% endif %}';
  expect(refusal({ text, html: { source: text }, cc: ['desk@corp.test'] })).toBeUndefined();
});

test('every part with a problem is told, with its place', () => {
  const broken: TemplateSource = { ...good, subject: '', text: 'one\n<$pim$>', cc: ['a@corp.test', 'b'] };
  expect(findTemplateProblems(broken, 'newUser')).toMatchObject([
    { part: 'subject', place: null },
    { part: 'text', place: { line: 2, column: 3 }, advice: 'Did you mean pin?' },
    { part: 'cc', place: { line: 2, column: 1 } },
  ]);
});

test('mails to administrators speak of other things than mails to users', () => {
  const source = { ...good, text: 'Run <$run$> holds <$to_disable$>.' };
  expect(findTemplateProblems(source, 'syncAwaitingApproval')).toEqual([]);
  expect(findTemplateProblems(source, 'syncFailing')).toMatchObject([{ part: 'text', place: { line: 1 } }]);
  expect(findTemplateProblems(source, 'newUser')).toMatchObject([{ part: 'text', place: { line: 1 } }]);
  expect(findTemplateProblems(good, 'syncFailing')).toMatchObject([{ part: 'text' }]);
});
