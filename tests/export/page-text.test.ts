/** The twin of a page in plain text: all that is said, with its numbers, and nothing that is only handled. */
import { expect, it } from 'vitest';
import { MOST_ROWS, toPageText } from '../../site/export/page-text.ts';

const toText = (html: string): string => toPageText(html, [], []);

it('keeps headings, sentences, lists and links', () => {
  expect(
    toText(
      `<h1>Kenya</h1><p>41 of <strong>52</strong> tests,\n see <a href="/methods/">methods</a>.</p>
       <ul><li>one</li><li><p>two</p><p>three <s>four</s></p></li></ul>`,
    ),
  ).toBe(
    '# Kenya\n\n41 of 52 tests, see [methods](/methods/).\n\n- one\n- two\n  three ~~four~~\n',
  );
});

it('says a chart by its title, its summary and its source, without its notes twice', () => {
  const figure = `<figure data-chart="rate"><h3>Peak</h3>
    <svg role="img"><title>Peak</title><desc>12 tests. Note.</desc><text>axis</text></svg>
    <svg aria-hidden="true"><text>axis</text></svg>
    <figcaption><span>OONI · CC BY-NC-SA 4.0</span></figcaption><ul class="notes"><li>Note.</li></ul></figure>`;
  expect(toText(figure)).toBe('### Peak\n\n12 tests. Note.\n\nOONI · CC BY-NC-SA 4.0\n');
});

it('writes the first rows of a table, and says how many there are more', () => {
  const rows = Array.from(
    { length: MOST_ROWS + 7 },
    (_, index) => `<tr><th>a|b</th><td>${String(index)}</td></tr>`,
  );
  const text = toText(
    `<table><thead><tr><th>name</th><th>tests</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  );
  expect(text.startsWith('| name | tests |\n| --- | --- |\n| a\\|b | 0 |\n')).toBe(true);
  expect(text.match(/^\| a/gm)).toHaveLength(MOST_ROWS);
  expect(text).toContain('7 more rows');
});

it('lets nothing that data hold become a tag', () => {
  const text = toText(
    '<p>&lt;script&gt;x&lt;/script&gt;</p><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>',
  );
  expect(text).toContain('&lt;script>x&lt;/script>');
  expect(text).toContain('| &lt;b> |');
});

it.each([
  '<button>Press</button>',
  '<form><label>Name <input></label></form>',
  '<p hidden>later</p>',
  '<details data-verify><summary>Verify</summary>words</details>',
  '<ul class="figure-actions"><li>Embed</li></ul>',
])('leaves out %s', (html) => {
  expect(toText(html).trim()).toBe('');
});
