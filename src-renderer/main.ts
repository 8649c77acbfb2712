import './shared/theme/index.ts';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { config as zodConfig } from 'zod';
import App from './App.vue';
import { observeApi } from './api/client.ts';
import { ApiProblem } from './api/problem.ts';
import { desktop } from './desktop/index.ts';
import { followLinks } from './modules/registration-link/follow-links.ts';
import { useOwnSession } from './modules/session/use-own-session.ts';
import { useSession } from './modules/session/use-session.ts';
import { useSessionStore } from './modules/session/use-session-store.ts';
import { useKeeping } from './modules/shell/use-keeping.ts';
import { followConnection } from './modules/shell/follow-connection.ts';
import { useShell } from './modules/shell/use-shell.ts';
import { useDiagnosticsStore } from './modules/diagnostics/use-diagnostics-store.ts';
import { useUpdates } from './modules/updates/use-updates.ts';
import { useShellStore } from './modules/shell/use-shell-store.ts';
import { useToastStore } from './shared/components/use-toast-store.ts';
import { createAppRouter } from './router.ts';
import { i18n } from './shared/i18n/index.ts';

// Zod would otherwise try whether it may compile code, and the content security policy reports each try.
zodConfig({ jitless: true });

const app = createApp(App).use(createPinia()).use(i18n);
const router = createAppRouter();
const store = useSessionStore();
const shell = useShellStore();

const { refresh } = useOwnSession();

observeApi({
  answered: (asOf) => shell.setAsOf(asOf),
  secondFactorNeeded: () =>
    // What cannot be asked now is asked with the next page: where to set it up is the same.
    void refresh()
      .catch(() => undefined)
      .then(() => router.push({ name: 'second-factor' })),
});

// The main process alone judges whether a session is over: a late refusal of an older one must throw nobody out.
desktop().session.onEnded((problem) => {
  if (!store.isSignedIn) return;
  store.end(new ApiProblem(problem));
  void router.push({ name: 'sign-in' });
});

desktop().diagnostics.onWanted(() => useDiagnosticsStore().open());

/** What no page has foreseen: said to the user, and left for the console. */
app.config.errorHandler = (error) => {
  useToastStore().show(i18n.global.t('errors.internal'), 'error');
  reportError(error);
};

followConnection(router);
await useShell().meet();
if (shell.address !== null) await useSession().resume();
app.use(router).mount('#app');
// The keychain may take its time at the start: no page waits for it.
void useKeeping().follow(router);
await useUpdates().follow();
await followLinks(router);
