# The length of a heredoc's word is kept in one byte, and four bytes go before it: a longer word, or one that just fits, ended
# the process.
s/if (size + 2 + heredoc->word.size >= /if (heredoc->word.size > 255 || size + 4 + heredoc->word.size >= /
