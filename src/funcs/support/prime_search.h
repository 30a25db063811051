// The primes of RSA keys.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "funcs/support/openssl.h"
#include "rhumb/base/host.h"

namespace rhumb::funcs {

/// Two random primes of so many bits, 256 or more, with the two highest set; found on up to eight processors, out of
/// the random bytes of a host that several threads may ask. Throws FunctionError when OpenSSL fails.
std::pair<Number, Number> random_primes(int bits, Host& host);

/// One prime like those, by one thread, out of a host whose bytes may repeat themselves: the same bytes give the same
/// prime.
Number random_prime(int bits, Host& host, BN_CTX* scratch);

/// Two numbers that several threads look for; the rounds that make sure of each are shared among them.
class PairSearch {
 public:
  /// What one thread does.
  class Worker {
   public:
    virtual ~Worker() = default;
    /// Tries a few numbers. Null when none of them is worth the rounds.
    virtual Number find() = 0;
    /// Whether a number that some thread found passes so many rounds.
    virtual bool passes(const BIGNUM* number, int rounds) = 0;
  };

  /// `at_once` of the `rounds` are one piece of work. Workers are made by the threads.
  PairSearch(int rounds, int at_once, std::function<std::unique_ptr<Worker>()> make_worker)
      : rounds_(rounds), at_once_(at_once), make_worker_(std::move(make_worker)) {}

  /// The first two that pass all rounds. Throws what a worker threw.
  std::pair<Number, Number> run(unsigned threads);

 private:
  /// A number that was found.
  struct Claim {
    Number number;
    int rounds;       // to be begun
    int running = 0;  // threads that do some
    bool refuted = false;
  };

  void work();
  Claim* unsettled() const;
  void check(Claim& claim, std::unique_lock<std::mutex>& lock, Worker& worker);

  int rounds_;
  int at_once_;
  std::function<std::unique_ptr<Worker>()> make_worker_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Claim>> claims_;
};

}  // namespace rhumb::funcs
