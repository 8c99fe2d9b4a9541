package io.mlopscore.model.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.config.protobuf.ProtoProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import io.mlopscore.model.ModelException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.common.tree.protos.TreeModelProto;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;
import org.tribuo.provenance.EnsembleModelProvenance;
import org.tribuo.provenance.ModelProvenance;

/// Writes a Tribuo forest so that the same forest always gives the same bytes, readable by
/// Tribuo's own `Model.deserializeFromFile`.
///
/// Tribuo notes with each tree when, on which system, and as the how-manieth of this process it
/// was trained. Here only the forest keeps its provenance, and without those; when and where is
/// the tracked run's to say.
public final class TribuoFile {
  private static final OffsetDateTime NO_TIME = Instant.EPOCH.atOffset(ZoneOffset.UTC);

  private final ProtoProvenanceSerialization provenances = new ProtoProvenanceSerialization(false);
  private final WeightedEnsembleModel<Label> forest;

  private TribuoFile(WeightedEnsembleModel<Label> forest) {
    this.forest = forest;
  }

  public static byte[] bytes(WeightedEnsembleModel<Label> forest) {
    try {
      return new TribuoFile(forest).forest().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException("Tribuo wrote a forest that it cannot read", e);
    }
  }

  private ModelProto forest() throws InvalidProtocolBufferException {
    var written = forest.serialize();
    var content = written.getSerializedData().unpack(WeightedEnsembleModelProto.class).toBuilder();
    content.getMetadataBuilder().setProvenance(forestProvenance());
    for (var tree : content.getModelsBuilderList()) {
      tree.setSerializedData(withoutHistory(tree.getSerializedData()));
    }
    return written.toBuilder().setSerializedData(Any.pack(content.build())).build();
  }

  private Any withoutHistory(Any tree) throws InvalidProtocolBufferException {
    var content = tree.unpack(TreeModelProto.class).toBuilder();
    content.getMetadataBuilder().setProvenance(treeProvenance());
    return Any.pack(content.build());
  }

  private RootProvenanceProto forestProvenance() {
    var full = forest.getProvenance();
    var kept =
        new EnsembleModelProvenance(
            full.getClassName(),
            NO_TIME,
            full.getDatasetProvenance(),
            full.getTrainerProvenance(),
            Map.of(),
            false,
            new ListProvenance<>());
    return provenances.serializeToProto(ProvenanceUtil.marshalProvenance(kept));
  }

  private RootProvenanceProto treeProvenance() {
    var full = forest.getProvenance();
    var kept =
        new ModelProvenance(
            TreeModel.class.getName(),
            NO_TIME,
            full.getDatasetProvenance(),
            full.getTrainerProvenance(),
            Map.of(),
            false);
    return provenances.serializeToProto(ProvenanceUtil.marshalProvenance(kept));
  }
}
