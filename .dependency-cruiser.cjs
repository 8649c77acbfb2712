/** Who may import whom (ARCHITECTURE.md). What the compiler's project references cannot say, this says. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-circular', 'A circle means that two files are one, or that a third is missing.', {}, { circular: true }),
    rule(
      'contract-imports-zod-only',
      'Both sides share the contract: it must run anywhere.',
      { path: '^contract/' },
      { pathNot: ['^contract/', '^node_modules/zod/'] },
    ),
    rule(
      'migrations-are-frozen',
      'A migration must not change with the code.',
      { path: '^migrations/' },
      { path: '^(server|contract|src-)' },
    ),
    rule(
      'models-know-no-http',
      'Models are below http.',
      { path: '^server/models/' },
      { path: '^server/(http|modules|mail)/|node_modules/koa' },
    ),
    rule(
      'payments-are-pure',
      'Payments compute: no database, no http, no files.',
      { path: '^server/payments/' },
      { pathNot: ['^server/payments/', '^contract/', '^node_modules/(zod|lean-qr)/'] },
    ),
    rule(
      'pdf-is-pure',
      'Data in, bytes out: the PDF code never sees the database or http.',
      { path: '^server/pdf/' },
      { path: '^server/(?!pdf/|payments/)' },
    ),
    rule(
      'pdf-opens-nothing',
      'Nothing that stands in the data can name a file or an address: only the fonts are opened, by names of ours.',
      { path: '^server/pdf/' },
      { path: '^(node:)?(fs|net|tls|dgram|dns|http|https|http2|child_process|worker_threads)(/|$)' },
    ),
    rule(
      'documents-are-drawn-apart',
      'What runs in the threads for documents knows the drawing alone.',
      { path: '^server/documents/worker\\.ts$' },
      { pathNot: '^(server/pdf/|(node:)?os$)' },
    ),
    rule(
      'modules-share-services-not-routes',
      "A module may use another module's service, not its routes.",
      { path: '^server/modules/([^/]+)/' },
      { path: '^server/modules/(?!$1/)[^/]+/.*\\.routes\\.ts$' },
    ),
    rule(
      'server-and-client-meet-in-contract',
      'They run on different machines.',
      { path: '^server/' },
      { path: '^src-' },
    ),
    rule(
      'client-and-server-meet-in-contract',
      'They run on different machines.',
      { path: '^src-' },
      { path: '^server/' },
    ),
    rule(
      'main-and-renderer-meet-in-contract',
      'They run in different processes.',
      { path: '^src-main/' },
      { path: '^src-renderer/' },
    ),
    rule(
      'renderer-and-main-meet-in-contract',
      'They run in different processes.',
      { path: '^src-renderer/' },
      { path: '^src-main/' },
    ),
    rule(
      'preload-carries-no-schemas',
      'The preload runs in the sandbox: arguments are checked in the main process.',
      { path: '^src-main/preload/' },
      { path: '^contract/', pathNot: '^contract/desktop/(channels|api)\\.ts$' },
    ),
    rule(
      'axios-in-one-place',
      'One client for the API.',
      { path: '^src-renderer/(?!api/)' },
      { path: 'node_modules/axios/' },
    ),
    rule(
      'bridge-in-one-place',
      'One door to the shell.',
      { path: '^src-renderer/(?!desktop/)' },
      { path: '^contract/desktop/(channels|schemas)' },
    ),
    rule(
      'components-stay-home',
      "A feature does not use another feature's components.",
      { path: '^src-renderer/modules/([^/]+)/' },
      { path: '^src-renderer/modules/(?!$1/)[^/]+/components/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
