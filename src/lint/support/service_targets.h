// Which of a Service's ports a pod behind it answers on.
#pragma once

#include "lint/context.h"

namespace rhumb::lint {

enum class Answer : std::uint8_t {
  yes,
  no,       // no container has the named port, or all declare others
  unknown,  // a number that nobody declares
};

/// For one port of a Service.
Answer answers(const Workload& workload, Node port);
/// For all of its ports together: yes where one is opened, no where none can be.
Answer answers(const Workload& workload, const Object& service);

}  // namespace rhumb::lint
