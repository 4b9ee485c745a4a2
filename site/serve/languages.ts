/** Which languages a build makes, from the environment: the first at the base path, each other one in its own folder. */
import { LANGUAGES, FIRST_LANGUAGE, type Language } from '../../data-build/words/languages.ts';

function listTags(name: string): readonly string[] {
  return (process.env[name] ?? '').split(',').flatMap((tag) => tag.trim() || []);
}

/** `LANGUAGES=en,fa`; English alone when it is not set. Throws when one is not known. */
export function builtLanguages(): readonly [Language, ...Language[]] {
  const given = listTags('LANGUAGES');
  const [first, ...others] = [...new Set(given.length === 0 ? [FIRST_LANGUAGE] : given)].map(
    (tag) => {
      const known = LANGUAGES.find((language) => language.tag === tag);
      if (known === undefined)
        throw new Error(
          `LANGUAGES names ${tag}, which has no words. Choose from ${LANGUAGES.map((one) => one.tag).join(', ')}.`,
        );
      return known;
    },
  );
  if (first === undefined)
    throw new Error('LANGUAGES names no language. Leave it out for English.');
  return [first, ...others];
}

/** `EMBED_LANGUAGES=fa`: those that frames and their pictures are made in beside the first. Throws when one is not built. */
export function framedLanguages(): readonly Language[] {
  const [first, ...others] = builtLanguages();
  const asked = listTags('EMBED_LANGUAGES');
  const missing = asked.find((tag) => ![first, ...others].some((built) => built.tag === tag));
  if (missing !== undefined)
    throw new Error(
      `EMBED_LANGUAGES names ${missing}, which is not among the languages of this build. Add it to LANGUAGES or take it out.`,
    );
  return [first, ...others.filter(({ tag }) => asked.includes(tag))];
}

/** Folder of the pages of a language below the base path: ``, `fa/`. */
export function languageFolder(tag: string): string {
  return builtLanguages()[0].tag === tag ? '' : `${tag}/`;
}

/** The language that a path below the base path is in. */
export function languageOfPath(path: string): string {
  const [first, ...others] = builtLanguages();
  return (others.find(({ tag }) => path.startsWith(`${tag}/`)) ?? first).tag;
}
