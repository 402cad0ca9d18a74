// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <openssl/evp.h>

// ---- TLS and X.509 --------------------------------------------------------------------------
// OpenSSL spells these as macros or variadic functions, which Swift does not import.
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

static inline EVP_PKEY *korf_ec_key(const char *curve) { return EVP_EC_gen(curve); }

static inline EVP_PKEY *korf_rsa_key(unsigned int bits) { return EVP_RSA_gen(bits); }

static inline long korf_bio_memory(BIO *bio, const char **start) {
    return BIO_get_mem_data(bio, (char **)start);
}

static inline int korf_ctx_versions(SSL_CTX *ctx, int lowest, int highest) {
    return SSL_CTX_set_min_proto_version(ctx, lowest) == 1
        && SSL_CTX_set_max_proto_version(ctx, highest) == 1;
}

static inline int korf_ctx_groups(SSL_CTX *ctx, const char *names) {
    return (int)SSL_CTX_set1_groups_list(ctx, names);
}

static inline void korf_ctx_modes(SSL_CTX *ctx) {
    SSL_CTX_set_mode(ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                              | SSL_MODE_RELEASE_BUFFERS);
}

static inline void korf_ctx_server_sessions(SSL_CTX *ctx, long seconds) {
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_SERVER);
    SSL_CTX_set_timeout(ctx, seconds);
}

static inline void korf_ctx_options(SSL_CTX *ctx) {
    SSL_CTX_set_options(ctx, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION
                                 | SSL_OP_CIPHER_SERVER_PREFERENCE);
}

static inline int korf_ctx_add_chain(SSL_CTX *ctx, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(ctx, certificate);
}

static inline int korf_error_reason(unsigned long code) { return ERR_GET_REASON(code); }
static inline int korf_error_library(unsigned long code) { return ERR_GET_LIB(code); }

/// Adds the extension `nid` with the textual `value` to a certificate; 1 on success.
static inline int korf_x509_extend(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    if (extension == NULL) return 0;
    int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

/// Adds subjectAltName `value` to a certificate signing request; 1 on success.
static inline int korf_request_alternative_name(X509_REQ *request, const char *value) {
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, value);
    if (extension == NULL) return 0;
    STACK_OF(X509_EXTENSION) *list = sk_X509_EXTENSION_new_null();
    int added = list != NULL && sk_X509_EXTENSION_push(list, extension) > 0;
    if (added) added = X509_REQ_add_extensions(request, list);
    else X509_EXTENSION_free(extension);
    if (list != NULL) sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free);
    return added;
}
// ---- end of TLS and X.509 -------------------------------------------------------------------
