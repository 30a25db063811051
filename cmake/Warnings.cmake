# Warnings are errors, in every preset.
add_library(rhumb_warnings INTERFACE)
target_compile_options(rhumb_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  -Wcast-align -Wformat=2 -Wimplicit-fallthrough -Werror)
