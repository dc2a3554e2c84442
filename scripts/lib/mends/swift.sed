# The scanner asks for no memory and writes to it; and it begins a text with what the one before left. So what it finds
# would depend on what lay in memory.
s/calloc(0, /calloc(1, /
s/if (length < 4) {/&\n        tree_sitter_swift_external_scanner_reset(payload);/
# A directive that ends where its text has a zero byte, or ends, was compared with the memory behind the directive's name.
s/if (expected_char != lexer->lookahead) {/if (expected_char == '\\0' || expected_char != lexer->lookahead) {/
