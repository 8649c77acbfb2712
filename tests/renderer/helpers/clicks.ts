/*
 * Vue drops a click whose moment is not later than the one in which the listener was attached: in milliseconds, since
 * two listeners of one button compare the time that the first of them has noted. No person presses a button within the
 * millisecond it appears in, but a test does now and then. Here every event counts as later.
 */
Object.defineProperty(Event.prototype, '_vts', { get: () => Infinity, set: () => undefined });
