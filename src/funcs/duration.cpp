#include "rhumb/funcs/duration.h"

#include "funcs/support/go_time.h"

namespace rhumb::funcs {

Result<std::int64_t> parse_duration(std::string_view text) {
  std::int64_t nanoseconds = 0;
  std::string failure;
  if (!parse_duration(text, nanoseconds, failure)) return error(failure);
  return nanoseconds;
}

}  // namespace rhumb::funcs
