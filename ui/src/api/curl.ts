/** A call of the API for a shell: a quote within the body would end it, so it is written the way shells understand. */
export const curlOf = (path: string, body: string, origin = window.location.origin): string =>
  [
    `curl ${origin}/api/v1${path} \\`,
    '  -H "Authorization: Bearer $ANSWERBACK_TOKEN" \\',
    '  -H "Content-Type: application/json" \\',
    '  -H "Idempotency-Key: $(uuidgen)" \\',
    `  -d '${body.replaceAll("'", "'\\''")}'`,
  ].join("\n");
