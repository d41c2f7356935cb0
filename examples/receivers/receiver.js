#!/usr/bin/env node
// Receives reports of Promise Jobs: verifies who sent them, takes each one once, and prints it.
//
//     SIGNING_KEYS="whsec_..." node receiver.js 8099
//
// Several keys, with spaces between them, are taken while a key is being replaced. Node 16 or newer, nothing else.
'use strict';
const http = require('node:http');
const crypto = require('node:crypto');

const TOLERANCE_SECONDS = 300;
const MOST_BYTES = 10 * 1024 * 1024;
// An empty or half key would let anybody sign.
const keys = (process.env.SIGNING_KEYS ?? '').trim().split(/\s+/).map((key) => {
    const secret = Buffer.from(key.startsWith('whsec_') ? key.slice('whsec_'.length) : '', 'base64');
    if (secret.length < 24) {
        console.error('SIGNING_KEYS: each key is whsec_ and base64 of 24 bytes or more; the controller\'s are in its home,'
            + ' in secrets-*/signing-keys');
        process.exit(1);
    }
    return secret;
});

const seen = new Set(); // keep it where your work is kept: in one transaction with what a report does

// As standardwebhooks.com has it: HMAC-SHA256 over id.timestamp.body, compared in constant time.
function genuine(headers, body) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  if (!id || !/^[0-9]{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const given = String(headers['webhook-signature']).split(' ').map((text) => Buffer.from(text));
  const expected = keys.map((key) => {
    const hmac = crypto.createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
    return Buffer.from('v1,' + hmac.digest('base64'));
  });
  return expected.some((e) => given.some((g) => e.length === g.length && crypto.timingSafeEqual(e, g)));
}

const server = http.createServer((request, response) => {
  const chunks = [];
  let length = 0;
  const answer = (status) => response.writeHead(status, { 'Content-Length': 0, Connection: 'close' }).end();
  request.on('data', (chunk) => {
    length += chunk.length;
    if (length <= MOST_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (request.method !== 'POST') return answer(405);
    if (length > MOST_BYTES) return answer(413);
    const body = Buffer.concat(chunks);
    if (!genuine(request.headers, body)) return answer(401);
    // The same report comes again when an answer was lost on its way: it has the same id then.
    if (!seen.has(request.headers['webhook-id'])) {
      console.log(JSON.stringify(JSON.parse(body)));
      seen.add(request.headers['webhook-id']);
    }
    answer(204);
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1', () =>
  console.log(`Listening on http://127.0.0.1:${server.address().port}`));
