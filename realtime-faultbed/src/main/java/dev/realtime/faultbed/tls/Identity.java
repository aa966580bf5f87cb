package dev.realtime.faultbed.tls;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * Someone who can prove by TLS who he is. Immutable.
 *
 * @param certificate his certificate, a PEM file
 * @param privateKey the key to it, PKCS #8 without a password, a PEM file
 * @param context shows the certificate to whoever connects, and trusts everyone itself
 */
public record Identity(Path certificate, Path privateKey, SSLContext context) {}
