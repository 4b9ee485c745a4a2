/** Where the data of one place lie, as the list beside its page says, or the manifest of all. */
import type { CountryCode } from '../../data-build/contract/brands.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import type { Ask } from '../catalog/ask.ts';
import { catalogFiles } from '../catalog/files.ts';
import { isOfPlace } from '../catalog/place-files.ts';
import type { FilesOf } from '../engine/plain-answers.ts';
import type { Query } from '../query/query.ts';
import { dataPlace } from './data-place.ts';
import { describeData, loadManifest } from './engine-loader.ts';

export interface PlaceData {
  /** What the release says of itself, with the files of the place at least. */
  describe(): Promise<Manifest>;
  /** The files of the tables that a question reads. */
  filesOf(query: Query<unknown>, scope: Parameters<Ask>[1]): Promise<FilesOf>;
}

/** `list`: the answer that has the list of the place. Where it does not arrive, the manifest may; who asks is told what failed. */
export function openPlaceData(probeCc: CountryCode, list: Promise<Response>): PlaceData {
  let own: Promise<Manifest> | undefined = loadManifest(dataPlace().home, list);
  own.catch(() => {
    own = undefined;
  });
  const describe = async (): Promise<Manifest> => {
    try {
      return await (own ?? describeData());
    } catch {
      return describeData();
    }
  };
  return {
    describe,
    async filesOf(query, scope) {
      const isOwn = isOfPlace(query, scope, probeCc);
      const { files } = isOwn ? await describe() : await describeData();
      return new Map(
        query.tables.map((table) => [table, catalogFiles({ files }, { ...scope, table })] as const),
      );
    },
  };
}
