/* What any ingester that parses with tree-sitter has to pay: files are read and parsed, and nothing comes of it.
 *
 *     cc -O2 parse-floor.c -o parse-floor -ltree-sitter
 *     parse-floor THREADS < LIST
 *
 * LIST has lines of two kinds: `=LIBRARY SYMBOL` names the grammar of the files that follow, any other is a file's path.
 * Files are taken in the order of the list, each by the thread that is free first. Ends with status 1 and a line that
 * says why if a grammar cannot be used or a file cannot be read: a floor that did less would flatter. */
#include <dlfcn.h>
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tree_sitter/api.h>
#include <unistd.h>

struct source {
  const TSLanguage *grammar;
  char *path;
};

struct text {
  char *bytes;
  size_t room;
};

static struct source *sources;
static size_t source_count;
static atomic_size_t taken;

static const TSLanguage *load_grammar(char *words) {
  char *symbol = strchr(words, ' ');
  if (symbol == NULL) errx(1, "%s: no symbol is named", words);
  *symbol++ = '\0';
  void *library = dlopen(words, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) errx(1, "%s", dlerror());
  const TSLanguage *(*grammar)(void);
  *(void **)&grammar = dlsym(library, symbol);
  if (grammar == NULL) errx(1, "%s has no %s", words, symbol);
  return grammar();
}

static void read_list(FILE *list) {
  const TSLanguage *grammar = NULL;
  char *line = NULL;
  size_t room = 0, limit = 0;
  for (ssize_t length; (length = getline(&line, &room, list)) > 0;) {
    if (line[length - 1] == '\n') line[length - 1] = '\0';
    if (line[0] == '=') {
      grammar = load_grammar(line + 1);
      continue;
    }
    if (grammar == NULL) errx(1, "%s: no grammar is named before it", line);
    if (source_count == limit) {
      limit = limit * 2 + 1024;
      sources = realloc(sources, limit * sizeof *sources);
      if (sources == NULL) err(1, "the list");
    }
    sources[source_count++] = (struct source){grammar, strdup(line)};
  }
  free(line);
}

/* The file's size; its bytes are then in `text`. */
static size_t read_source(const char *path, struct text *text) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) < 0) err(1, "%s", path);
  size_t size = (size_t)status.st_size, got = 0;
  if (size > text->room) {
    free(text->bytes);
    text->room = size * 2;
    text->bytes = malloc(text->room);
    if (text->bytes == NULL) err(1, "%s", path);
  }
  while (got < size) {
    ssize_t count = read(file, text->bytes + got, size - got);
    if (count < 0) err(1, "%s", path);
    if (count == 0) break;
    got += (size_t)count;
  }
  close(file);
  return got;
}

static void *parse_sources(void *unused) {
  TSParser *parser = ts_parser_new();
  const TSLanguage *grammar = NULL;
  struct text text = {malloc(1 << 20), 1 << 20};
  for (size_t number; (number = atomic_fetch_add(&taken, 1)) < source_count;) {
    if (sources[number].grammar != grammar) {
      grammar = sources[number].grammar;
      if (!ts_parser_set_language(parser, grammar)) errx(1, "%s: its grammar is too new or too old", sources[number].path);
    }
    size_t size = read_source(sources[number].path, &text);
    ts_tree_delete(ts_parser_parse_string(parser, NULL, text.bytes, (uint32_t)size));
  }
  ts_parser_delete(parser);
  free(text.bytes);
  return unused;
}

int main(int count, char **words) {
  int threads = count == 2 ? atoi(words[1]) : 0;
  if (threads < 1 || threads > 1024) errx(64, "usage: parse-floor THREADS < LIST");
  read_list(stdin);
  pthread_t *workers = calloc((size_t)threads, sizeof *workers);
  for (int number = 0; number < threads; number++)
    if (pthread_create(&workers[number], NULL, parse_sources, NULL) != 0) errx(1, "cannot start a thread");
  for (int number = 0; number < threads; number++) pthread_join(workers[number], NULL);
  return 0;
}
