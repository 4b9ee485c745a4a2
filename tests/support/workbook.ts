/** Workbooks as programs find them: the parts of an XLSX file, and what may stand in none of them. */
import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';

interface SheetCell {
  readonly '@_r': string;
  readonly '@_t'?: string;
  readonly v?: string;
  readonly is?: { readonly t: string };
}
interface SharedText {
  readonly t: string | { readonly '#text': string };
}

/** Rows of the first sheet, header included, as the XML says. */
export function readSheet(file: Uint8Array): readonly (readonly (string | number | null)[])[] {
  const parts = unzipSync(new Uint8Array(file));
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (tag) => ['row', 'c', 'si'].includes(tag),
    parseTagValue: false,
    trimValues: false,
  });
  const textOf = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
  const strings: { sst?: { si?: readonly SharedText[] } } = parser.parse(
    textOf('xl/sharedStrings.xml'),
  );
  const sheet: { worksheet: { sheetData: { row: readonly { c: readonly SheetCell[] }[] } } } =
    parser.parse(textOf('xl/worksheets/sheet1.xml'));
  const shared = (strings.sst?.si ?? []).map(({ t }) => (typeof t === 'string' ? t : t['#text']));
  return sheet.worksheet.sheetData.row.map(({ c }) => {
    const cells: (string | number | null)[] = [];
    for (const { '@_r': place, '@_t': type, v, is } of c) {
      const letters = [...place.replace(/\d/g, '')];
      const index = letters.reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      while (cells.length < index) cells.push(null);
      if (type === 's') cells.push(shared[Number(v)] ?? null);
      else if (type === 'inlineStr') cells.push(is?.t ?? null);
      else cells.push(v === undefined ? null : type === 'str' ? v : Number(v));
    }
    return cells;
  });
}

/** What would run, lead away, or keep a program from reading a workbook: in whatever part of it. */
export function workbookFaults(file: Uint8Array): readonly string[] {
  return Object.entries(unzipSync(new Uint8Array(file))).flatMap(([name, bytes]) => {
    const text = strFromU8(bytes);
    const faults: string[] = [];
    try {
      new XMLParser().parse(text);
    } catch (error) {
      faults.push(String(error));
    }
    // XML 1.0 knows no such characters.
    if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u.test(text)) faults.push('control');
    if (/<(?:\w+:)?(?:f|hyperlink|script|planted-element|externalLink|oleObject)[\s>/]/i.test(text))
      faults.push('an element that runs or leads away');
    if (/TargetMode="External"|macro|vbaProject/i.test(`${name} ${text}`))
      faults.push('leads away');
    return faults.map((fault) => `${name}: ${fault}`);
  });
}
