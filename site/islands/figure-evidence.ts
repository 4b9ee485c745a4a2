/** The measurements behind what a figure shows now: the days and filters of the page, and the rows that are ticked. */
import './page-language.ts';
import { evidenceLink, evidenceScope, narrowScope } from '../export/evidence-link.ts';
import { loadFigureFile } from './figure-file.ts';
import { parseState } from '../state/state.ts';

/** Where the link leads now; null: what the page was made of cannot be had, so it leads where it did. */
export async function evidenceOf(link: HTMLAnchorElement): Promise<string | null> {
  const figure = link.closest('figure');
  const name = document.documentElement.dataset['figures'];
  if (figure === null || name === undefined) return null;
  const { figures } = await loadFigureFile(new URL(name, location.href).href);
  const request = figures[figure.id]?.request;
  const scope = request === undefined ? null : evidenceScope(request);
  if (scope === null) return null;
  const { state } = parseState(location.search);
  const ticked = [...figure.querySelectorAll<HTMLTableRowElement>('[data-part="table"] tbody tr')]
    .filter((row) => row.querySelector('input:checked') !== null)
    .flatMap(({ dataset }) => dataset['key'] ?? []);
  const filtered = {
    ...scope,
    probe_asn: state.probe_asn.length === 0 ? scope.probe_asn : state.probe_asn,
    test_name: state.test_name.length === 0 ? scope.test_name : state.test_name,
    since: state.since ?? scope.since,
    until: state.until ?? scope.until,
  };
  return new URL(evidenceLink(narrowScope(filtered, ticked)), link.href).href;
}
