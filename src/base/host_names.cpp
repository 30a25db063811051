#include "base/host_names.h"

#include <ares.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <memory>

namespace rhumb {
namespace {

std::optional<std::string> text_of(const ares_addrinfo_node& node) {
  const void* const address =
      node.ai_family == AF_INET
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(node.ai_addr)->sin_addr)
          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(node.ai_addr)->sin6_addr);
  char text[INET6_ADDRSTRLEN] = {};
  if (inet_ntop(node.ai_family, address, text, sizeof text) == nullptr) return std::nullopt;
  return std::string(text);
}

void keep_first(void* out, int status, int /*timeouts*/, ares_addrinfo* found) {
  const std::unique_ptr<ares_addrinfo, decltype(&ares_freeaddrinfo)> owner(found, ares_freeaddrinfo);
  if (status != ARES_SUCCESS || found == nullptr || found->nodes == nullptr) return;
  *static_cast<std::optional<std::string>*>(out) = text_of(*found->nodes);
}

/// Sends and receives until every question is answered or given up.
void wait_for_answers(ares_channel channel) {
  while (true) {
    std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
    const int wanted = ares_getsock(channel, sockets.data(), static_cast<int>(sockets.size()));
    std::array<pollfd, ARES_GETSOCK_MAXNUM> polled{};
    nfds_t count = 0;
    for (unsigned i = 0; i < sockets.size(); ++i) {
      const int events =
          (ARES_GETSOCK_READABLE(wanted, i) ? POLLIN : 0) | (ARES_GETSOCK_WRITABLE(wanted, i) ? POLLOUT : 0);
      if (events != 0) polled[count++] = {sockets[i], static_cast<short>(events), 0};
    }
    if (count == 0) return;
    timeval longest{1, 0};
    const timeval* const timeout = ares_timeout(channel, &longest, &longest);
    poll(polled.data(), count, static_cast<int>(timeout->tv_sec * 1000 + timeout->tv_usec / 1000 + 1));
    for (nfds_t i = 0; i < count; ++i) {
      const auto ready = [&](int events) { return (polled[i].revents & events) != 0 ? polled[i].fd : ARES_SOCKET_BAD; };
      ares_process_fd(channel, ready(POLLIN | POLLERR | POLLHUP), ready(POLLOUT | POLLERR | POLLHUP));
    }
  }
}

}  // namespace

std::optional<std::string> look_up_address(const std::string& name) {
  ares_channel channel = nullptr;
  if (ares_init(&channel) != ARES_SUCCESS) return std::nullopt;
  std::optional<std::string> address;
  ares_addrinfo_hints hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  ares_getaddrinfo(channel, name.c_str(), nullptr, &hints, keep_first, &address);
  wait_for_answers(channel);
  ares_destroy(channel);
  return address;
}

}  // namespace rhumb
