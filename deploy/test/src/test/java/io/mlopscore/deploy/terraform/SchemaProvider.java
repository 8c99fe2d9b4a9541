package io.mlopscore.deploy.terraform;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

/// A Terraform provider that knows what the resources of the real one look like, and nothing more.
/// Terraform checks a configuration against it, and runs tests whose resources are mocked. What
/// only the real one can tell, such as the values an attribute takes, is not checked.
final class SchemaProvider implements AutoCloseable {
  private static final String SERVICE = "tfplugin5.Provider";

  private final Server server;

  private SchemaProvider(Server server) {
    this.server = server;
  }

  static SchemaProvider start(String schemaResource) throws IOException {
    byte[] schema = ProviderSchema.read(schemaResource);
    var service =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(method("GetSchema"), answer(_ -> schema))
            .addMethod(method("PrepareProviderConfig"), answer(SchemaProvider::firstField))
            .addMethod(method("ValidateResourceTypeConfig"), answer(_ -> new byte[0]))
            .addMethod(method("ValidateDataSourceConfig"), answer(_ -> new byte[0]))
            .addMethod(method("UpgradeResourceState"), answer(SchemaProvider::sameState))
            .addMethod(method("Configure"), answer(_ -> new byte[0]))
            .addMethod(method("Stop"), answer(_ -> new byte[0]))
            .build();
    var server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(service)
            .build()
            .start();
    return new SchemaProvider(server);
  }

  /// The value of `TF_REATTACH_PROVIDERS` that makes Terraform ask this one for `hashicorp/google`.
  String reattach() {
    return """
        {"registry.terraform.io/hashicorp/google": {"Protocol": "grpc", "ProtocolVersion": 5, "Pid": %d, "Test": true,
         "Addr": {"Network": "tcp", "String": "127.0.0.1:%d"}}}"""
        .formatted(ProcessHandle.current().pid(), server.getPort());
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static byte[] firstField(byte[] request) {
    return new Message().with(1, Message.field(request, 1)).toBytes();
  }

  /// A state in JSON is the state: there are no older versions.
  private static byte[] sameState(byte[] request) {
    byte[] json = Message.field(Message.field(request, 3), 1);
    return new Message().with(1, new Message().with(2, json)).toBytes();
  }

  private static io.grpc.ServerCallHandler<byte[], byte[]> answer(UnaryOperator<byte[]> answer) {
    return ServerCalls.asyncUnaryCall(
        (request, response) -> {
          response.onNext(answer.apply(request));
          response.onCompleted();
        });
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(BYTES)
        .setResponseMarshaller(BYTES)
        .build();
  }

  private static final Marshaller<byte[]> BYTES =
      new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
}
