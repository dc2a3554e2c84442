import Testing

/// All that starts a watcher, one after the other: libinotifytools has one state for the process.
@Suite(.serialized) enum WatcherTests {}
