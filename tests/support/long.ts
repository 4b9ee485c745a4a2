/** Whether this is `npm run test:long`, which has minutes for what `npm test` looks at in seconds. */
export const isLong = process.env['LONG'] !== undefined;
