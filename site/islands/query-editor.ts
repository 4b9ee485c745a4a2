/**
 * The SQL editor: CodeMirror over the text field that is in the page anyway. It lives in a shadow root, because only
 * there do its styles come as constructed style sheets; in the document they would be inline, which the page's
 * policy forbids. Colours come in as custom properties.
 */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completeFromList,
  completionKeymap,
  type Completion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorSelection, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { describeColumn } from '../../data-build/contract/table-words.ts';
import { tableColumns, type TableName } from '../../data-build/contract/tables.ts';

export interface QueryEditor {
  read(): string;
  write(text: string): void;
  /** Puts a name where the cursor is, with a space before it where one is missing. */
  insert(text: string): void;
  /** Marks a place, as far as a name reaches. */
  reveal(at: number): void;
  focus(): void;
}

const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--witness-throughput)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--witness-tools)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--witness-tools)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--muted)' },
]);

const MONOSPACE = "ui-monospace, 'SF Mono', Menlo, Consolas, monospace";
const SELECTED = 'color-mix(in srgb, var(--accent) 26%, transparent)';
const LOOK = EditorView.theme({
  '&': {
    border: '1px solid var(--not-tested)',
    borderRadius: '2px',
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    // Code is written from the left also where the page turns.
    direction: 'ltr',
    fontSize: '14px',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': {
    minHeight: '200px',
    maxHeight: '60vh',
    fontFamily: MONOSPACE,
    lineHeight: '1.5',
  },
  '.cm-gutters': { border: '0', backgroundColor: 'var(--paper)', color: 'var(--muted)' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-selectionBackground': { background: SELECTED },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: SELECTED,
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--accent)',
  },
  '.cm-tooltip': {
    border: '1px solid var(--not-tested)',
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: MONOSPACE },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent)',
    color: 'var(--paper)',
  },
});

/** Every column once: lang-sql itself offers columns only after the name of a table. */
function listColumns(tables: readonly TableName[]): readonly Completion[] {
  const columns = new Map(tables.flatMap(tableColumns).map((column) => [column.name, column]));
  return [...columns.values()].map(({ name, type }) => ({
    label: name,
    type: 'property',
    detail: type,
    info: describeColumn(name).about,
  }));
}

/** Replaces the look of `field`; its value stays what is written. `onRun`: Control or Command with Enter. */
export function openQueryEditor(
  field: HTMLTextAreaElement,
  tables: readonly TableName[],
  onRun: () => void,
): QueryEditor {
  const schema = Object.fromEntries(
    tables.map((table) => [table, tableColumns(table).map(({ name }) => name)]),
  );
  const help =
    document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent.trim() ?? '';
  const host = document.createElement('div');
  host.className = 'editor';
  field.after(host);
  const root = host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        autocompletion(),
        // DuckDB reads PostgreSQL's dialect, with more to it.
        sql({ dialect: PostgreSQL, schema, upperCaseKeywords: true }),
        PostgreSQL.language.data.of({ autocomplete: completeFromList(listColumns(tables)) }),
        syntaxHighlighting(HIGHLIGHT),
        LOOK,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          // Ids do not reach into a shadow root, so label and help come in as texts.
          'aria-label': [field.labels[0]?.textContent.trim() ?? '', help].join('. '),
          spellcheck: 'false',
          autocapitalize: 'off',
        }),
        Prec.highest(
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                onRun();
                return true;
              },
            },
          ]),
        ),
        // Escape, then Tab, leaves the editor: CodeMirror’s own way out.
        keymap.of([
          ...completionKeymap,
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) field.value = state.doc.toString();
        }),
      ],
    }),
  });
  field.hidden = true;
  field.labels[0]?.addEventListener('click', () => view.focus());
  const write = (text: string): void => {
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      selection: EditorSelection.cursor(0),
    });
  };
  return {
    read: () => view.state.doc.toString(),
    write,
    insert(text) {
      const { from, to } = view.state.selection.main;
      const before = view.state.sliceDoc(Math.max(0, from - 1), from);
      const insert = /^[\s(.,]?$/.test(before) ? text : ` ${text}`;
      view.dispatch({
        changes: { from, to, insert },
        selection: EditorSelection.cursor(from + insert.length),
        scrollIntoView: true,
      });
      view.focus();
    },
    reveal(at) {
      const from = Math.min(at, view.state.doc.length);
      const word = /^[\w".]*/.exec(view.state.sliceDoc(from, from + 80))?.[0] ?? '';
      view.dispatch({
        selection: EditorSelection.range(from, from + Math.max(1, word.length)),
        scrollIntoView: true,
      });
      view.focus();
    },
    focus: () => view.focus(),
  };
}
