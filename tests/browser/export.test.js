// What programs read: `handbook.json` is what its published schema says, of an easy handbook and of a hard one.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { BOUNDED, CONTENT, buildSite, handbook } from './support.js';

for (const [name, content] of [['the example', CONTENT], ['seven kinds in Chinese', handbook('seven-kinds')]]) {
  test(`handbook.json of ${name} is what its schema says`, BOUNDED, async t => {
    const folder = await buildSite(t, content);
    const read = async file => JSON.parse(await readFile(join(folder, file), 'utf8'));
    const data = await read('handbook.json');
    const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, validateFormats: false, strictTypes: false })
      .compile(await read(data.schema));
    validate(data);
    assert.deepEqual(validate.errors ?? [], []);

    // The schema refuses what it does not know, wherever it stands.
    assert.ok(!validate({ ...data, surprise: 1 }));
    const [map, ...others] = data.maps;
    assert.ok(!validate({ ...data, maps: [{ ...map, surprise: 1 }, ...others] }));
    assert.ok(!validate({ ...data, maps: [{ ...map, title: undefined, kind: 7 }, ...others] }));
  });
}
