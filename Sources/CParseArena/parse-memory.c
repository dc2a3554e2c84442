#define _GNU_SOURCE
#include "parse-memory.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdlib.h>

// A place in the list of blocks: the block, or, if it is odd, the next free place.
typedef uintptr_t entry;

#define NO_PLACE UINT32_MAX

typedef struct {
  jmp_buf end;
  bool (*goes_on)(void *payload);
  void *payload;
  int64_t start;
  int64_t limit;
  entry *blocks;
  size_t count;
  size_t room;
  uint32_t first_free;
} bounds;

OF_THREAD int64_t parse_taken;
OF_THREAD int64_t parse_next_look = INT64_MAX;
static _Thread_local bounds *around;

// Between two looks memory may grow by so many bytes.
#define STEP ((int64_t)64 << 10)
// A parse that takes more is rare enough for the C library to be told to give back to the system what is free afterwards.
#define HUGE ((int64_t)64 << 20)

void parse_look(void) {
  int64_t taken = parse_taken - around->start;
  if (taken > around->limit || !around->goes_on(around->payload)) longjmp(around->end, 1);
  int64_t next = taken + STEP;
  parse_next_look = around->start + (next < around->limit ? next : around->limit);
}

static uint32_t free_place(bounds *bounds) {
  if (bounds->first_free != NO_PLACE) {
    uint32_t place = bounds->first_free;
    bounds->first_free = (uint32_t)(bounds->blocks[place] >> 1);
    return place;
  }
  if (bounds->count == bounds->room) {
    size_t room = bounds->room ? bounds->room * 2 : 1024;
    entry *blocks = room < NO_PLACE ? realloc(bounds->blocks, room * sizeof(entry)) : NULL;
    if (!blocks) return NO_PLACE;
    bounds->blocks = blocks;
    bounds->room = room;
  }
  return (uint32_t)bounds->count++;
}

bool is_listed(const header *head) {
  // Blocks of earlier parses, and of other threads, bear places in other lists.
  return around && head->place < around->count && around->blocks[head->place] == (entry)head;
}

// A block for which there is no place would be lost if the parse were ended.
void list_taken(header *head) {
  if (!around) return;
  head->place = free_place(around);
  if (head->place != NO_PLACE) list_moved(head);
}

void list_moved(header *head) { around->blocks[head->place] = (entry)head; }

void list_freed(header *head) {
  if (!is_listed(head)) return;
  around->blocks[head->place] = (entry)around->first_free << 1 | 1;
  around->first_free = head->place;
}

void parse_cannot_go_on(void) {
  if (around) longjmp(around->end, 1);
}

static void free_all(bounds *bounds) {
  for (size_t place = 0; place < bounds->count; place++) {
    if (!(bounds->blocks[place] & 1)) free((void *)bounds->blocks[place]);
  }
}

bounded_parse parse_bounded(const TSLanguage *language, const TSTree *old, TSInput input, int64_t limit,
                            bool (*goes_on)(void *payload)) {
  bounds bounds = {.goes_on = goes_on, .payload = input.payload, .start = parse_taken, .limit = limit, .first_free = NO_PLACE};
  // Written after setjmp, read after longjmp.
  volatile bounded_parse result = {0};
  around = &bounds;
  if (setjmp(bounds.end) == 0) {
    parse_next_look = parse_taken;
    TSParser *parser = ts_parser_new();
    ts_parser_set_language(parser, language);
    result.tree = ts_parser_parse(parser, old, input);
    ts_parser_delete(parser);
    result.memory = parse_next_look - bounds.start;
  } else {
    free_all(&bounds);
    parse_taken = bounds.start;
    result.memory = limit;
    result.was_ended = true;
  }
  around = NULL;
  parse_next_look = INT64_MAX;
  free(bounds.blocks);
  if (result.memory > HUGE) malloc_trim(0);
  return (bounded_parse){result.tree, result.memory, result.was_ended};
}
