/* global window, document, location, setTimeout, clearTimeout */
// Runs in the page that shows Turnstile, in the view of the desktop shell, whose one function is window.humanCheck.report.
(() => {
  /** After these nothing more is waited for: a way around Turnstile is there. */
  const loadMs = 15_000;
  const verdictMs = 30_000;

  const { api, siteKey, action, language, theme, waiting, asking, done, failed } = document.body.dataset;
  const status = document.getElementById('status');
  const nonce = location.hash.slice(1);
  let isOver = false;
  let timer = 0;

  const say = (text) => {
    status.textContent = text;
  };

  const failAfter = (ms, reason) => {
    clearTimeout(timer);
    timer = setTimeout(() => fail(reason), ms);
  };

  const report = (message, text) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    say(text);
    window.humanCheck?.report({ nonce, ...message });
  };

  const fail = (reason) => report({ state: 'failed', reason: String(reason).slice(0, 100) }, failed);

  window.showTurnstile = () => {
    if (isOver) return;
    failAfter(verdictMs, 'no verdict');
    window.turnstile.render('#turnstile', {
      sitekey: siteKey,
      action,
      language,
      theme,
      size: 'compact',
      retry: 'never',
      'response-field': false,
      callback: (token) => report({ state: 'answered', token }, done),
      'error-callback': (code) => {
        fail(`error ${code}`);
        return true;
      },
      'unsupported-callback': () => fail('unsupported'),
      // Somebody is being asked for a click: they may take their time.
      'before-interactive-callback': () => {
        clearTimeout(timer);
        say(asking);
      },
      'after-interactive-callback': () => {
        failAfter(verdictMs, 'no verdict');
        say(waiting);
      },
    });
  };

  say(waiting);
  failAfter(loadMs, 'script not loaded');
  const script = document.createElement('script');
  script.src = api;
  script.async = true;
  // Turnstile hands the nonce on to what it loads itself.
  script.nonce = document.currentScript.nonce;
  script.onerror = () => fail('script not loaded');
  document.head.append(script);
})();
